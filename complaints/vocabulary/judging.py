"""How a complaint is judged, and on what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Who supplied or said something (S-INV-04)."""

    CUSTOMER = "customer", _("customer")
    COMPANY = "company", _("company")
    THIRD_PARTY = "third_party", _("third party")


class Judgement(models.TextChoices):
    """At first sight (S-TRI-02)."""

    REASONABLE = "reasonable", _("reasonable")
    UNREASONABLE = "unreasonable", _("unreasonable")
    UNDETERMINED = "undetermined", _("cannot be told yet")


class Verdict(models.TextChoices):
    """After the facts (S-TRI-03)."""

    SUBSTANTIATED = "substantiated", _("substantiated")
    PARTLY_SUBSTANTIATED = "partly_substantiated", _("partly substantiated")
    UNSUBSTANTIATED = "unsubstantiated", _("unsubstantiated")


class UnreasonableType(models.TextChoices):
    """S-UNR-03…06."""

    MISUNDERSTANDING = "misunderstanding", _("misunderstanding")
    EMOTIONAL = "emotional", _("emotional")
    PROFIT_DRIVEN = "profit_driven", _("profit-driven")
    MALICIOUS = "malicious", _("malicious")


class UnreasonableCause(models.TextChoices):
    """S-UNR-09…13: the last one is our own fault."""

    HIGH_EXPECTATION = "high_expectation", _("expectation too high")
    INFORMATION_ASYMMETRY = "information_asymmetry", _("information asymmetry")
    AGITATION = "agitation", _("made while agitated")
    PERSONAL_ENDS = "personal_ends", _("personal ends")
    STAFF_MISHANDLING = "staff_mishandling", _("mishandled by staff")


class UnreasonableDefinition(models.TextChoices):
    """S-UNR-01, S-UNR-02 (contradiction C-03: both are kept)."""

    CONTRADICTS_FACTS = "contradicts_facts", _("contradicts the facts and is vexatious")
    OFF_POLICY = "off_policy", _("lacks facts, or the demand conflicts with rules and standards")


class ResponsibleParty(models.TextChoices):
    """S-TRI-17: it selects the remedy track."""

    SELLER = "seller", _("seller or product")
    CUSTOMER = "customer", _("customer")
    COURIER = "courier", _("courier")
    STAFF = "staff", _("member of staff")
    THIRD_PARTY = "third_party", _("third party")
    UNDETERMINED = "undetermined", _("undetermined")


class DamageCause(models.TextChoices):
    """S-TRI-18."""

    NONE = "", _("no damage")
    NON_HUMAN = "non_human", _("not caused by people")
    CUSTOMER = "customer", _("caused by the customer")
    COURIER = "courier", _("caused by the courier")
    SELLER = "seller", _("caused by the seller")


class EvidenceType(models.TextChoices):
    """S-INV-03."""

    RECEIPT = "receipt", _("receipt")
    INVOICE = "invoice", _("invoice")
    CONTRACT = "contract", _("contract or agreement")
    COMMUNICATION = "communication_record", _("record of communication")
    ORDER_SCREENSHOT = "order_screenshot", _("order screenshot")
    PHOTO = "photo", _("photo")
    TEST_REPORT = "test_report", _("test report")
    TECHNICAL_DIAGNOSIS = "technical_diagnosis", _("technical diagnosis")
    SHIPPING_SLIP = "shipping_slip", _("shipping slip")
    WAYBILL = "waybill", _("waybill")
    SIGNING_RECORD = "signing_record", _("signing record")
    POLICY_DOCUMENT = "policy_document", _("policy document")
    WARRANTY_TERMS = "warranty_terms", _("warranty terms")
    PROOF_OF_PAYMENT = "proof_of_payment", _("proof of payment")
    OTHER = "other", _("other")
