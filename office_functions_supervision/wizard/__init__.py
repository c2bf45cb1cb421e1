from . import office_supervision_import
from . import office_supervision_import_line
from . import office_supervision_import_reading
from . import office_supervision_import_storing
from . import office_supervision_import_unit
from . import office_supervision_waiver
