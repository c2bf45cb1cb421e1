from . import office_agenda_mark
from . import office_week_schedule
