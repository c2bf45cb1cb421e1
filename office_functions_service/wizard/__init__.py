from . import office_service_ask
from . import office_service_rate
from . import office_service_index_anew
from . import office_canteen_dish_change
from . import office_canteen_ledger
from . import office_agenda_mark
from . import office_week_schedule
from . import office_replacement_decision
