"""Rules of the Union, a folder a law."""

from ccsi_kit.eu.rules.cofinancing import rule as cofinancing
from ccsi_kit.eu.rules.transparency import rule as transparency

RULES = (
    *cofinancing.RULES,
    *transparency.RULES,
)
