"""Criteria: sets of questions as data, assessments, scores that explain themselves, agreement, sensitivity."""

from typing import TYPE_CHECKING

from ccsi_kit.lazy import public

if TYPE_CHECKING:
    from ccsi_kit.criteria.agreeing import Agreement, Disagreement, ItemAgreement, agreement, disagreements
    from ccsi_kit.criteria.answering import CriteriaForm
    from ccsi_kit.criteria.checking import check
    from ccsi_kit.criteria.explaining import Given, Step, answered, explained, explanation
    from ccsi_kit.criteria.matrix import Matrix
    from ccsi_kit.criteria.reading import NotShipped, criteria_set, criteria_sets, not_shipped, read_sets
    from ccsi_kit.criteria.reconciling import awaited, blind, reconcile
    from ccsi_kit.criteria.records import Answer, Assessment, Assignment, Chosen, Reconciled
    from ccsi_kit.criteria.scales import NA, NONE, Level, Scale, Tag
    from ccsi_kit.criteria.scoring import Scores, Scoring, score, spread_said
    from ccsi_kit.criteria.sets import TOTAL, Band, Citation, CriteriaSet, Criterion, Dimension
    from ccsi_kit.criteria.varying import RankRange, Sensitivity, sensitivity

__getattr__, __dir__, __all__ = public(__name__)
