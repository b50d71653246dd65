"""Writes the student in the Hugging Face form: configuration, preprocessing, and weights in 16 bits."""

import copy
import json

PREPROCESSING = {
    "do_convert_rgb": None,
    "do_normalize": True,
    "do_rescale": True,
    "do_resize": True,
    "image_mean": [0.5, 0.5, 0.5],
    "image_processor_type": "ViTImageProcessor",
    "image_std": [0.5, 0.5, 0.5],
    "resample": 2,
    "rescale_factor": 1 / 255,
    "size": {"height": 448, "width": 448},
}


def export(student, folder):
    copy.deepcopy(student).half().save_pretrained(folder)
    text = json.dumps(PREPROCESSING, indent=2) + "\n"
    (folder / "preprocessor_config.json").write_text(text)
