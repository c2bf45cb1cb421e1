from . import office_lost_property
