from . import school_portal
