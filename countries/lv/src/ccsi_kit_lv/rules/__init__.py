"""Latvia's rules, a folder a law."""

from ccsi_kit_lv.rules.sabiedriska_labuma_organizacija import rule as sabiedriska_labuma_organizacija
from ccsi_kit_lv.rules.socialais_uznemums import rule as socialais_uznemums
from ccsi_kit_lv.rules.socialo_inovaciju_pasakums import rule as socialo_inovaciju_pasakums
from ccsi_kit_lv.rules.vadosa_iestade import rule as vadosa_iestade

RULES = (
    *socialais_uznemums.RULES,
    *sabiedriska_labuma_organizacija.RULES,
    *socialo_inovaciju_pasakums.RULES,
    *vadosa_iestade.RULES,
)
