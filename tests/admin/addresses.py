"""Every address of the admin: lists, forms, rows, histories, dialogs, files, explanations, imports, notices."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from uuid import uuid4

from django.contrib import admin
from django.urls import reverse

from casemgmt.adminkit.acting import CaseAction
from complaints.models import Complaint, Customer
from tests.admin.world import World

RUBBISH = ("垃圾 <script>alert(1)</script>", "-1", "9" * 30, "2026-13-45T99:99", "a\x00b", "%2e%2e/%00", "🈲" * 50)


@dataclass(frozen=True)
class Address:
    """Where to ask, and for a dialog, which action answers there."""

    url: str
    name: str
    action: CaseAction | None = None
    row: object = None

    def rubbish(self, turn: int) -> dict:
        """A form with a key of its own and nonsense in every field."""
        fields = getattr(self.action and self.action.form, "base_fields", ("name", "words", "reason", "text"))
        texts = cycle(RUBBISH[turn % len(RUBBISH) :] + RUBBISH[: turn % len(RUBBISH)])
        return {"form_key": str(uuid4()), **dict(zip(fields, texts, strict=False))}


def pages() -> Iterator[Address]:
    """What has no row: the start, lists and add forms of every registered admin, and a search."""
    yield Address(reverse("admin:index"), "start")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield Address(reverse(f"{name}_changelist"), f"{name}_changelist")
        yield Address(reverse(f"{name}_add"), f"{name}_add")


def rows_of(world: World) -> Iterator[object]:
    """One row of every registered model, and the case with the most on it."""
    for model in admin.site._registry:
        row = model._default_manager.order_by("-pk").first()
        if row is not None:
            yield row


def row_pages(row) -> Iterator[Address]:
    """What every row has: its page, its history, one version, and the address at which others delete."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    yield Address(reverse(f"{name}_change", args=[row.pk]), f"{name}_change", row=row)
    yield Address(reverse(f"{name}_history", args=[row.pk]), f"{name}_history", row=row)
    yield Address(reverse(f"{name}_delete", args=[row.pk]), f"{name}_delete", row=row)
    if hasattr(row, "history"):
        version = row.history.first()
        yield Address(reverse(f"{name}_simple_history", args=[row.pk, version.pk]), f"{name}_version", row=row)


def dialogs_on(row) -> Iterator[Address]:
    """Every action that the page of this kind of row knows."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_do"
    for action in getattr(admin.site.get_model_admin(type(row)), "case_actions", ()):
        url = reverse(name, args=[row.pk, action.name])
        if isinstance(row, Customer):
            url += f"?case={row.cases.order_by('pk').first().pk}"
        yield Address(url, f"{name}:{action.name}", action, row)


def others(world: World) -> Iterator[Address]:
    """A file, the explanations of the clocks of a case, a notice, a bulk run, the ways to take a list out."""
    case = world.cases["negotiating"]
    yield Address(reverse("admin:complaints_evidence_file", args=[case.evidence.first().pk]), "file", row=case)
    yield Address(reverse("admin:complaints_evidence_copy", args=[case.evidence.first().pk]), "file", row=case)
    yield Address(reverse("admin:complaints_complaint_evidence", args=[case.pk]), "file", row=case)
    yield Address(reverse("admin:complaints_complaint_evidence_list", args=[case.pk]), "file", row=case)
    for clock in case.clocks.all():
        url = reverse("admin:complaints_complaint_why", args=[case.pk, clock.pk])
        yield Address(url, "why", row=case)
        yield Address(f"{url}text/", "why_text", row=case)
    yield Address(reverse("admin:complaints_complaint_print", args=[case.pk]), "paper", row=case)
    yield Address(reverse("admin:complaints_complaint_entitlements", args=[case.pk]), "entitlements", row=case)
    yield Address(reverse("admin:complaints_complaint_outside", args=[case.pk]), "outside", row=case)
    grant, plan = world.cases["money"].grants.get(state="approved"), world.cases["planned"].plans.get()
    yield Address(reverse("admin:complaints_compensationgrant_why", args=[grant.pk]), "grant_why", row=grant)
    yield Address(reverse("admin:complaints_handlingplan_why", args=[plan.pk]), "plan_why", row=plan)
    yield Address(reverse("admin:complaints_complaint_call", args=[case.pk]), "call", row=case)
    yield Address(reverse("admin:complaints_complaint_call_why", args=[case.pk]), "call_why", row=case)
    yield Address(reverse("admin:casemgmt_notice_read", args=[world.notice.pk]), "notice")
    yield Address(reverse("admin:complaints_complaint_changelist") + "?queue=all&q=羊毛", "search")
    yield Address(reverse("admin:complaints_bulkrun_progress", args=[world.run.pk]), "progress")
    yield from dialogs_on(world.run)
    yield from policies_of(world)
    for table in ("complaints_complaint", "complaints_compensationgrant", "policies_policyrow"):
        yield Address(reverse(f"admin:{table}_export"), "export")
    for name in (
        "approvals",
        "oversight",
        "operation",
        "help",
        "help_glossary",
        "knowledge",
        "refund_backlog",
        "conduct",
    ):
        yield Address(reverse(f"desk:{name}"), name)
    yield Address(reverse("desk:help_chapter", args=["staff"]), "help_chapter")


def policies_of(world: World) -> Iterator[Address]:
    """A policy in force, a draft and a fixed one with their dialogs; a suggestion; what held on a day; a new policy."""
    for row in world.policies:
        yield Address(reverse("admin:policies_policyrow_change", args=[row.pk]) + "?ask=1", "policy", row=row)
        yield Address(reverse("admin:policies_policyrow_progress", args=[row.pk]), "policy_progress", row=row)
        yield from dialogs_on(row)
    yield from dialogs_on(world.suggestion)
    yield Address(reverse("admin:policies_policyrow_held"), "policies_held")
    yield Address(reverse("admin:policies_policyrow_new", args=["limit"]), "policy_new")


def paperwork_of(case: Complaint) -> Iterator[object]:
    """Every row with dialogs that hangs on a case."""
    for model, page in admin.site._registry.items():
        if getattr(page, "case_actions", ()) and any(field.name == "case" for field in model._meta.fields):
            yield from model._default_manager.filter(case=case)


def all_about(case: Complaint) -> Iterator[Address]:
    """Every dialog of a case and of its customer, and every page and dialog of the rows that hang on it."""
    yield from dialogs_on(case)
    yield from dialogs_on(case.customer)
    yield from row_pages(case.customer)
    for row in paperwork_of(case):
        yield from row_pages(row)
        yield from dialogs_on(row)
