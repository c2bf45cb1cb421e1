from . import document_outgoing
