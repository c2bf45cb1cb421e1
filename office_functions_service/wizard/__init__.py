from . import office_canteen_dish_change
from . import office_canteen_ledger
