from . import supervision_ledger
