from . import portal
from . import supervision_ledger
