"""Every story of the demo shop."""

from complaints.demo import (
    stories_goods,
    stories_imported,
    stories_open,
    stories_parcels,
    stories_refused,
    stories_service,
    stories_store,
)

STORIES = (
    *stories_goods.STORIES,
    *stories_parcels.STORIES,
    *stories_service.STORIES,
    *stories_store.STORIES,
    *stories_refused.STORIES,
    *stories_open.STORIES,
    *stories_imported.STORIES,
)
