"""Sweden's rules, a folder a law."""

from ccsi_kit_se.rules.arbetsintegrerande_socialt_foretag import rule as arbetsintegrerande_socialt_foretag
from ccsi_kit_se.rules.forvaltande_myndighet import rule as forvaltande_myndighet
from ccsi_kit_se.rules.ideburen_organisation import rule as ideburen_organisation
from ccsi_kit_se.rules.iop import rule as iop
from ccsi_kit_se.rules.organisationsnummer import rule as organisationsnummer
from ccsi_kit_se.rules.svb import rule as svb

RULES = (
    *arbetsintegrerande_socialt_foretag.RULES,
    *svb.RULES,
    *ideburen_organisation.RULES,
    *iop.RULES,
    *organisationsnummer.RULES,
    *forvaltande_myndighet.RULES,
)
