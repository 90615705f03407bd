"""What people say: kept once as they said it, with a salted digest that outlives an erasure."""

import hashlib
import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import Guard
from casemgmt.privacy.plain_text import LONGEST_WORDS, violations_in_text
from casemgmt.violations import Violation, demand


def digest_of(words: str, salt: str) -> str:
    """SHA-256 over salt and words, as history and the database's guard know it."""
    return hashlib.sha256(f"{salt}{words}".encode()).hexdigest()


def violations_in_words(words: str | None, *, field: str | None = None):
    """Why these words cannot be kept: none, too many, or not to be read."""
    if words is None or not words.strip():
        yield Violation("words.missing", field)
        return
    yield from violations_in_text(words, at_most=LONGEST_WORDS, field=field)


class Spoken(models.Model):
    """Words that are written once. A correction is a new row; an erasure leaves the digest and the time.

    Take `history = History(excluded_fields=["words", "words_salt"], guards=SPOKEN_GUARDS)` on the concrete
    model, and set the words by `speak`.
    """

    words = models.TextField(_("words"), null=True, editable=False)
    words_salt = models.CharField(max_length=32, null=True, editable=False)
    words_digest = models.CharField(_("digest of the words"), max_length=64, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    class Meta:
        abstract = True

    def speak(self, words: str) -> "Spoken":
        """Set the words, a new salt and their digest on a row not yet saved. Raises RuleBroken."""
        demand(violations_in_words(words, field="words"))
        if not self._state.adding:
            raise ValueError("words are written once; a correction is a new row")
        self.words = words
        self.words_salt = secrets.token_hex(16)
        self.words_digest = digest_of(words, self.words_salt)
        return self

    @property
    def is_erased(self) -> bool:
        """True when only the digest is left."""
        return self.erased_at is not None


def _born_wrong(sql) -> str:
    words, salt = sql.new("words"), sql.new("words_salt")
    return f"{words} IS NULL OR {salt} IS NULL OR {sql.new('erased_at')} IS NOT NULL OR " + sql.differs(
        sql.new("words_digest"), sql.sha256(f"{salt} || {words}")
    )


def _rewritten(sql) -> str:
    erasure = (
        f"{sql.old('erased_at')} IS NULL AND {sql.new('erased_at')} IS NOT NULL "
        f"AND {sql.new('words')} IS NULL AND {sql.new('words_salt')} IS NULL"
    )
    return (
        f"({sql.changed_beyond('words', 'words_salt', 'erased_at')}) OR "
        f"(({sql.changed('words', 'words_salt', 'erased_at')}) AND NOT ({erasure}))"
    )


SPOKEN_GUARDS = (
    Guard(
        "words.not_as_digested",
        refuse_when=_born_wrong,
        on=("insert",),
        message="words, salt and digest do not belong together",
    ),
    Guard(
        "words.rewritten",
        refuse_when=_rewritten,
        on=("update",),
        message="words are written once; only an erasure may empty them",
    ),
)
