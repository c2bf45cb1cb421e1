from . import office_service_mixin
from . import office_service_correction
from . import office_workbench

from . import res_users_agenda
from . import res_company_agenda
from . import office_agenda
from . import office_agenda_feed
from . import office_agenda_material
from . import calendar_event_agenda
from . import calendar_event_outcome
from . import calendar_event_privacy
from . import calendar_event_changes
from . import calendar_attendee
from . import ir_attachment_agenda
from . import office_agenda_reminder
from . import office_indicator_agenda
from . import office_workbench_agenda
