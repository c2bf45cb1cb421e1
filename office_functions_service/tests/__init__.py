from . import test_service_correction
from . import test_canteen_kinds
from . import test_canteen_day
from . import test_canteen_rating
