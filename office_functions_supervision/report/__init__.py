from . import office_supervision_ledger
from . import office_supervision_task
from . import office_supervision_ticket
from . import supervision_notice
from . import supervision_bulletin
from . import supervision_zero_list
