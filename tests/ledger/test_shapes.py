"""Model shapes that triggers could not keep honest are refused by a check."""

import pytest
from django.db import models
from django.test.utils import isolate_apps
from django_fsm import RETURN_VALUE, FSMField, transition

from casemgmt.ledger import History
from casemgmt.ledger.checks import check_models, findings_in
from tests.ledger.probe.models import Probe


def ids(model):
    return [finding.id for finding in findings_in(model)]


def test_the_house_has_no_such_shape():
    assert check_models() == []
    assert ids(Probe) == []


@isolate_apps("tests.ledger.probe")
def test_the_table_of_another_model_is_refused():
    class Parent(models.Model):
        class Meta:
            app_label = "probe"

    class Daughter(Parent):
        history = History()

        class Meta:
            app_label = "probe"

    assert "ledger.E003" in ids(Daughter)


@isolate_apps("tests.ledger.probe", "django.contrib.contenttypes")
def test_links_without_history_are_refused():
    class Far(models.Model):
        class Meta:
            app_label = "probe"

    class Near(models.Model):
        fars = models.ManyToManyField(Far)
        history = History(m2m_fields=[fars])

        class Meta:
            app_label = "probe"

    assert ids(Near) == ["ledger.E004", "ledger.E004"]


def nullable():
    return FSMField(default="new", null=True)


def without_default():
    return FSMField()


@pytest.mark.parametrize("state_field", [nullable, without_default])
@isolate_apps("tests.ledger.probe")
def test_a_state_without_certainty_is_refused(state_field):
    class Vague(models.Model):
        state = state_field()
        history = History()

        class Meta:
            app_label = "probe"

    assert ids(Vague) == ["ledger.E006"]


@isolate_apps("tests.ledger.probe")
def test_targets_that_nobody_lists_are_refused():
    class Vague(models.Model):
        state = FSMField(default="new")
        history = History()

        class Meta:
            app_label = "probe"

        @transition(field=state, source="new", target=RETURN_VALUE())
        def anywhere(self):
            """Says nothing of where it leads."""

    assert ids(Vague) == ["ledger.E006"]


@isolate_apps("tests.ledger.probe")
def test_an_inherited_history_is_refused():
    class Base(models.Model):
        history = History(inherit=True, app="probe")

        class Meta:
            app_label = "probe"
            abstract = True

    class Heir(Base):
        class Meta:
            app_label = "probe"

    class HeirProxy(Heir):
        class Meta:
            app_label = "probe"
            proxy = True

    assert "ledger.E008" in ids(Heir)
    assert "ledger.E008" in ids(HeirProxy)


@isolate_apps("tests.ledger.probe")
def test_history_copies_few_indexes_and_no_constraint():
    class Far(models.Model):
        class Meta:
            app_label = "probe"

    class Near(models.Model):
        number = models.CharField(max_length=9, unique=True)
        far = models.ForeignKey(Far, models.PROTECT)
        person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
        state = FSMField(default="new", protected=True, db_index=True)
        history = History()

        class Meta:
            app_label = "probe"

    fields = {field.name: field for field in Near.history.model._meta.concrete_fields}
    assert {name for name, field in fields.items() if field.db_index} == {"id", "far"}
    assert not any(field.unique for field in fields.values() if field.name != "history_id")
    assert (fields["far"].db_constraint, fields["state"].protected) == (False, False)
    assert Near._meta.get_field("state").protected
