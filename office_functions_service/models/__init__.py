from . import office_service_mixin
from . import office_service_correction
from . import office_workbench

# Cleaning, service desk, service quality index
from . import office_service_mixin_desk
from . import office_photo_mixin
from . import office_service_correction_cleaning
from . import office_cleaning_area
from . import office_cleaning_item
from . import office_cleaning_inspection
from . import office_cleaning_plan
from . import office_cleaning_line
from . import office_cleaning_notice
from . import office_service_kind
from . import office_service_request
from . import office_service_desk
from . import office_service_record
from . import office_service_weight
from . import office_service_scale
from . import office_service_index
from . import office_service_index_line
from . import office_service_index_part
from . import office_service_index_figure
from . import office_indicator_cleaning
from . import office_workbench_cleaning
from . import res_company_cleaning
from . import res_config_settings_cleaning
