"""What rules take from registers: statuses that are in force, and legal forms beside them."""

from typing import Any

import pytest

from ccsi_kit.models import LegalForm, Organisation, Status
from ccsi_kit.plugins import country


def organisation(code: str, statuses: tuple[str, ...], *, state: str = "active", form: str = "") -> Organisation:
    facts: dict[str, Any] = {
        "country": code,
        "name": "Made",
        "statuses": tuple(Status(kind=f"{code}:status/{one}", state=state) for one in statuses),
    }
    return Organisation(**facts, **({"legal_form": LegalForm(national=form)} if form else {}))


@pytest.mark.parametrize(
    ("rule", "statuses", "form", "filled"),
    [
        ("FR-SIAE-01", ("aci", "siae", "ess"), "9220", {"type": "ACI", "form_code": "9220", "ess": True}),
        ("FR-SIAE-01", ("ai", "ei"), "9220", {}),
        ("FR-SIAE-02", ("ea",), "5499", {"type": "EA", "form_code": "5499"}),
        ("FR-SIAE-02", ("aci",), "5499", {}),
        ("FR-MIS-01", ("societe-mission",), "5710", {"declared": True}),
        ("FR-MIS-01", ("ess",), "5710", {}),
        ("FR-ESUS-01", ("ess", "ea"), "", {"ess": True, "as_of_right": "ea"}),
        ("LV-SLO-01", ("slo",), "BDR", {"form": "BDR", "status_granted": True}),
        ("LV-SLO-01", (), "BDR", {}),
        ("LV-SU-01", (), "SIA", {"form": "SIA"}),
        ("LV-SU-01", (), "BDR", {}),
    ],
)
def test_a_status_fills_what_the_rule_asks(rule: str, statuses: tuple[str, ...], form: str, filled: dict[str, Any]):
    code = rule[:2].lower()
    one = next(one for one in country(code).rules.values() if one.code == rule)
    assert one.fills
    said = {name: told.value for name, told in one.fills(organisation(code, statuses, form=form)).items()}
    assert said == filled
    assert one.facts.model_validate(said).known().keys() == filled.keys()


@pytest.mark.parametrize(
    ("rule", "status"), [("FR-SIAE-02", "ea"), ("FR-MIS-01", "societe-mission"), ("LV-SLO-01", "slo")]
)
def test_a_status_that_is_ended_fills_nothing(rule: str, status: str):
    code = rule[:2].lower()
    one = next(one for one in country(code).rules.values() if one.code == rule)
    assert one.fills and not one.fills(organisation(code, (status,), state="ended"))
