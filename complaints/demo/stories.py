"""Every story of the demo shop."""

from complaints.demo import (
    stories_called_back,
    stories_calls,
    stories_ended,
    stories_explained,
    stories_goods,
    stories_imported,
    stories_money,
    stories_parcels,
    stories_refused,
    stories_returns,
    stories_rights,
    stories_service,
    stories_store,
    stories_unwanted,
    stories_waiting,
    stories_wording,
)

STORIES = (
    *stories_goods.STORIES,
    *stories_explained.STORIES,
    *stories_parcels.STORIES,
    *stories_rights.STORIES,
    *stories_unwanted.STORIES,
    *stories_service.STORIES,
    *stories_store.STORIES,
    *stories_refused.STORIES,
    *stories_money.STORIES,
    *stories_waiting.STORIES,
    *stories_returns.STORIES,
    *stories_ended.STORIES,
    *stories_called_back.STORIES,
    *stories_calls.STORIES,
    *stories_wording.STORIES,
    *stories_imported.STORIES,
)
