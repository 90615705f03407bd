"""Which form a kind of policy is written in."""

from policies.forms.drafting import DraftForm

_forms: dict[str, type[DraftForm]] = {}


def register_form(kind: str, form: type[DraftForm]) -> None:
    """Let a kind bring its own form. Registering a kind again replaces its form."""
    _forms[kind] = form


def form_of(kind: str) -> type[DraftForm]:
    """The form of the kind: its own, or the one made from its declaration."""
    return _forms.get(kind, DraftForm)
