"""Legal forms by their code in INSEE's `catégories juridiques`, as far as the rules tell them apart."""

from typing import Final

COOPERATIVES: Final = (
    "5192", "5195", "5196", "5443", "5451", "5453", "5454", "5455", "5458", "5459", "5460", "5543", "5547", "5551",
    "5552", "5553", "5554", "5555", "5558", "5559", "5560", "5643", "5647", "5651", "5652", "5653", "5654", "5655",
    "5658", "5659", "5660", "6316", "6317", "6318", "6543", "6551", "6554", "6558", "6560",
)  # fmt: skip
"""Cooperatives. An SCIC has no code of its own: it can stand under one of these, or under 5710."""
MUTUALS: Final = ("6411", "8210", "8250", "8290")
"""Mutual societies and mutual insurers."""
ASSOCIATIONS_1901: Final = ("9210", "9220", "9221", "9222", "9223", "9230")
"""Associations under the law of 1901."""
LOCAL_LAW: Final = "9260"
"""An association under the local law of Alsace and Moselle."""
FOUNDATIONS: Final = ("9300",)
"""Foundations."""
SOCIAL_ECONOMY: Final = (*COOPERATIVES, *MUTUALS, *ASSOCIATIONS_1901, LOCAL_LAW, *FOUNDATIONS)
"""Forms that belong to the social and solidarity economy as such."""
COMPANIES: Final = ("5499", "5599", "5699", "5710")
"""SARL, SA and SAS without anything special."""
COMMERCIAL: Final = "5"
"""What the codes of commercial companies begin with, worker cooperatives among them."""
NATURAL_PERSON: Final = "1000"
"""A sole trader."""
PUBLIC_LAW: Final = "7"
"""What the codes of bodies of public law begin with."""
