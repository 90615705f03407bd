"""What is done with personal data: shown for a reason, and erased for good."""

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.views.decorators.debug import sensitive_variables

from casemgmt.ledger import signed
from casemgmt.privacy.access import note
from casemgmt.privacy.fields import BlindIndexField, SealedField
from casemgmt.privacy.models import AccessKind, PersonKey
from casemgmt.privacy.sealed import Sealed, reveal
from casemgmt.privacy.words import Spoken
from casemgmt.violations import RuleBroken, Violation, demand

CONTACT_KINDS = frozenset({"name", "phone", "email", "address"})


def permission_to_reveal(kind: str) -> str:
    """The permission that opens this kind of data: contact data is one, anything that identifies or pays another."""
    return "privacy.reveal_contact" if kind in CONTACT_KINDS else "privacy.reveal_identity"


def violations_in_reveal(sealed: Sealed | None, *, reason: str, has_statement: bool) -> Iterator[Violation]:
    """Nothing to show, or no reason to show it."""
    if sealed is None:
        yield Violation("reveal.nothing_there")
    elif sealed.is_erased:
        yield Violation("reveal.erased")
    if not reason.strip() and not has_statement:
        yield Violation("reveal.reason_missing", "reason")


@sensitive_variables()
@transaction.atomic
def reveal_for(
    person, row: models.Model, field: str, *, reason: str, at: datetime, statement=None, request: str = "", right=""
) -> str:
    """The text of one sealed field of one row, and an access event that says who saw it and why.

    The caller has checked that the person may see the row. Raises PermissionDenied without the right for this
    kind of data (adminkit notes it), and RuleBroken without a reason. Each call is a look of its own. `right` is the
    permission of a duty that cannot be done without this very value; it takes the place of the one for the kind.
    """
    sealed = getattr(row, field)
    kind = row._meta.get_field(field).kind
    needed = right or permission_to_reveal(kind)
    if not person.has_perm(needed):
        raise PermissionDenied(needed)
    demand(violations_in_reveal(sealed, reason=reason, has_statement=statement is not None))
    text = reveal(sealed)
    note(
        AccessKind.REVEALED,
        by=person,
        at=at,
        subject=row,
        field=field,
        reason=reason,
        statement=statement,
        request=request,
    )
    return text


def seal_onto(row: models.Model, **typed) -> None:
    """Set sealed fields from what a form gave: text is sealed, an untouched Sealed stays, None empties.

    A row without a key gets a fresh one, saved with the row. Raises RuleBroken with every field's violations.
    """
    violations = []
    for name, value in typed.items():
        try:
            row._meta.get_field(name).save_form_data(row, value)
        except RuleBroken as broken:
            violations += [Violation(found.code, name, found.params) for found in broken.violations]
    demand(violations)


def models_by_key() -> Iterator[tuple[type[models.Model], models.ForeignKey, list[str]]]:
    """Every live table that points to keys of people: the model, the link, and its blind indexes."""
    for model in apps.get_models():
        if hasattr(model, "instance_type"):
            continue
        sealed = {
            field.name: field.key_field for field in model._meta.concrete_fields if isinstance(field, SealedField)
        }
        for link in model._meta.concrete_fields:
            if isinstance(link, models.ForeignKey) and link.related_model is PersonKey:
                indexes = [
                    field.name
                    for field in model._meta.concrete_fields
                    if isinstance(field, BlindIndexField) and sealed.get(field.of) == link.name
                ]
                yield model, link, indexes


def erase(key: PersonKey, *, by, at: datetime, reason: str = "person.erased") -> None:
    """Make everything sealed by this key unreadable for ever, in live rows, history and backups of the data.

    Rows lose the link to the key and their blind indexes; ciphertext and history stay. Somebody who read such a
    row before cannot save it over the erasure where rows have a version. A second call finds nothing to do.
    What the person said is erased row by row, by `erase_words`.
    """
    with signed(by=by, reason=reason, at=at), transaction.atomic():
        for model, link, indexes in models_by_key():
            emptied = {link.name: None, **dict.fromkeys(indexes)}
            if any(field.name == "version" for field in model._meta.concrete_fields):
                emptied["version"] = F("version") + 1
            model._base_manager.filter(**{link.name: key.pk}).update(**emptied)
        PersonKey.objects.filter(pk=key.pk).delete()


def erase_words(row: Spoken, *, by, at: datetime, reason: str = "words.erased") -> None:
    """Take the words and their salt away; the digest stays, here and in history. The second time does nothing."""
    with signed(by=by, reason=reason, at=at), transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk, erased_at=None).update(words=None, words_salt=None, erased_at=at)
    row.refresh_from_db()
