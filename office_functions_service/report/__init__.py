from . import canteen_workbook
