"""Simulation of the coming years: behaviour as assumptions, replications, and their figures."""

from .behaviour import WHATS as WHATS
from .behaviour import Assumption as Assumption
from .behaviour import Behaviour as Behaviour
from .behaviour import Fitted as Fitted
from .behaviour import Share as Share
from .behaviour import read_behaviour as read_behaviour
from .fitting import fit as fit
from .outlook import Outlook as Outlook
from .outlook import Provenance as Provenance
from .outlook import simulate as simulate
from .results import Measure as Measure
from .results import Quantile as Quantile
from .results import Summary as Summary
