from . import document_outgoing
from . import portal
