from . import controllers
from . import models
from . import report
from . import wizard
from . import wizard
from . import controllers
from . import controllers, models
