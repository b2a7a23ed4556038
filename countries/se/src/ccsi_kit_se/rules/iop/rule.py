"""Public–civic partnerships (idéburet offentligt partnerskap, IOP): a checklist; no law regulates them."""

from datetime import date
from pathlib import Path

from ccsi_kit.rules import Facts, Parameters, Rule, clause, fact

GUIDE = "se:act:iop"


class Partnership(Facts):
    """A partnership between a public body and a non-profit organisation."""

    joint_need: bool = fact("Whether both see the need and commit themselves.", example="true")
    public_benefit_goal: bool = fact("Whether they share a goal of public benefit.", example="true")
    non_commercial: bool = fact("Whether it is no commercial contract.", example="true")
    both_contribute: bool = fact("Whether both contribute.", example="true")
    no_market: bool = fact("Whether there is no market to preserve.", example="true")
    procurement_checked: bool = fact("Whether the rules on procurement were checked.", example="true")
    state_aid_checked: bool = fact("Whether the rules on State aid were checked.", example="true")
    local_government_checked: bool = fact("Whether the rules on local government were checked.", example="true")


@clause(GUIDE)
def need(f: Partnership, p: Parameters) -> object:
    """Both see the need and commit themselves to a goal of public benefit."""
    return f.joint_need and f.public_benefit_goal


@clause(GUIDE)
def no_contract(f: Partnership, p: Parameters) -> object:
    """It is no commercial contract, and both contribute."""
    return f.non_commercial and f.both_contribute


@clause(GUIDE, sure="secondary")
def market(f: Partnership, p: Parameters) -> object:
    """There is no market to preserve."""
    return f.no_market


@clause(GUIDE)
def checked(f: Partnership, p: Parameters) -> object:
    """Procurement, State aid and local-government rules were checked."""
    return f.procurement_checked and f.state_aid_checked and f.local_government_checked


RULES = (
    Rule(
        id="se:rule:iop",
        code="SE-IOP-01",
        home=Path(__file__).parent,
        facts=Partnership,
        clauses=(need, no_contract, market, checked),
        known_from=date(2021, 1, 1),
        term="idéburet offentligt partnerskap (IOP)",
        labels={"eligible": "checklist-complete"},
    ),
)
