from . import portal
from . import supervision_ledger
from . import supervision_bulletin
