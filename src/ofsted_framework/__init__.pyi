from .cases import Status as Status
from .changes import diff as diff
from .dates import When as When
from .dates import WorkingDays as WorkingDays
from .documents import dump as dump
from .documents import json_schema as json_schema
from .documents import sample as sample
from .editions import Framework as Framework
from .editions import framework as framework
from .editions import frameworks as frameworks
from .editions import governing as governing
from .errors import OfstedFrameworkError as OfstedFrameworkError
from .events import (
    ActionPlan as ActionPlan,
)
from .events import (
    EngagementMeeting as EngagementMeeting,
)
from .events import (
    Event as Event,
)
from .events import (
    FocusedVisit as FocusedVisit,
)
from .events import (
    Inspection as Inspection,
)
from .events import (
    JointTargetedAreaInspection as JointTargetedAreaInspection,
)
from .events import (
    MonitoringVisit as MonitoringVisit,
)
from .events import (
    OverviewReport as OverviewReport,
)
from .events import (
    Part as Part,
)
from .events import (
    SelfEvaluation as SelfEvaluation,
)
from .events import (
    ThematicReview as ThematicReview,
)
from .grades import Grade as Grade
from .grades import Judgement as Judgement
from .history import Coverage as Coverage
from .history import History as History
from .history import Provider as Provider
from .planning import deadlines as deadlines
from .planning import due as due
from .planning import what_if as what_if
from .population import check_many as check_many
from .population import due_many as due_many
from .rules import RULES as RULES
from .rules import check as check
from .rules import explain as explain
from .simulation import simulate as simulate
from .sources import Basis as Basis
from .tables import from_frame as from_frame
from .tables import read as read

__all__ = [
    "RULES",
    "ActionPlan",
    "Basis",
    "Coverage",
    "EngagementMeeting",
    "Event",
    "FocusedVisit",
    "Framework",
    "Grade",
    "History",
    "Inspection",
    "JointTargetedAreaInspection",
    "Judgement",
    "MonitoringVisit",
    "OfstedFrameworkError",
    "OverviewReport",
    "Part",
    "Provider",
    "SelfEvaluation",
    "Status",
    "ThematicReview",
    "When",
    "WorkingDays",
    "check",
    "check_many",
    "deadlines",
    "diff",
    "due",
    "due_many",
    "dump",
    "explain",
    "framework",
    "frameworks",
    "from_frame",
    "governing",
    "json_schema",
    "read",
    "sample",
    "simulate",
    "what_if",
]

def __dir__() -> list[str]: ...
