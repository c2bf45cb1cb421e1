from . import office_service_mixin
from . import office_service_correction
from . import office_workbench
