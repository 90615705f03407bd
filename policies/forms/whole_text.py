"""A draft as one text, for experts: the body in YAML, every fault with its line."""

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit.forms import ActionForm, words_field
from casemgmt.sentences import say
from policies.reading import BodyRefused, read_body
from policies.values import KINDS
from policies.yaml_text import as_yaml, read_yaml


class TextForm(ActionForm):
    """The body of a draft as YAML; title, source and beginning stay as they are."""

    text = words_field(
        gettext_lazy("content as text"),
        rows=24,
        help_text=gettext_lazy("YAML, as in the packs; faults name their line."),
    )

    def prepare(self):
        """What the draft says now."""
        self.fields["text"].initial = as_yaml(self.row.body)
        self.fields["text"].widget.attrs |= {"class": "cm-code", "spellcheck": "false"}

    def clean_text(self):
        """The text, read as the rules read a body; each fault names its line."""
        try:
            read = read_yaml(self.cleaned_data["text"])
        except yaml.YAMLError as error:
            raise ValidationError(_not_yaml(error), code="policy.not_yaml") from error
        self._body = {} if read.said is None else read.said
        try:
            read_body(KINDS[self.row.kind], self.row.pk or 0, self.row.key, self._body)
        except BodyRefused as refused:
            raise ValidationError(
                [
                    ValidationError(
                        _("Line %(line)s: %(fault)s")
                        % {"line": read.line_of(str(found.params["place"])), "fault": say(found)},
                        code=found.code,
                    )
                    for found in refused.violations
                ]
            ) from refused
        return self.cleaned_data["text"]

    def inputs(self):
        """What `rewrite_draft` is given: another body, everything else as it is."""
        row = self.row
        return {
            "title": {"en": row.title_en, "zh": row.title_zh},
            "source": {"en": row.source_en, "zh": row.source_zh},
            "body": self._body,
            **{name: getattr(row, name) for name in ("valid_from", "reason", "review_on", "check_with_counsel")},
        }


def _not_yaml(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return _("Line %(line)s: %(fault)s") % {"line": mark.line + 1 if mark else 1, "fault": problem}
