import { FileInput } from "@web/core/file_input/file_input";
import { registry } from "@web/core/registry";
import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";

/** Opens the camera of a phone; elsewhere the pictures on the disk. */
class PhotoInput extends FileInput {
    static template = "office_functions_supervision.PhotoInput";
}

/** Files that prove a result: attached, or photographed on the spot. */
export class ProofField extends Many2ManyBinaryField {
    static template = "office_functions_supervision.ProofField";
    static components = { ...Many2ManyBinaryField.components, PhotoInput };
}

registry.category("fields").add("office_proof", {
    ...many2ManyBinaryField,
    component: ProofField,
});
