"""Makes the eight-bit form of a bundled trunk: python3 scripts/quantise-trunk.py efficientnet-lite2 PICTURES

Static quantisation by ONNX Runtime's own tool (QDQ, per channel, unsigned activations, signed weights, ranges from the least and largest
values over 128 views). PICTURES is a folder of photos that no figure of this project is measured on; views are cut from them with a fixed
seed. The card of each eight-bit trunk says which were used. Needs: pip install onnx onnxruntime numpy pillow.
"""

import json
import random
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from PIL import Image

NUM_VIEWS = 128
BATCH = 8


def widen_weights(model):
    """Weights are stored in half precision and widened by a Cast each; the tool wants them as float32 constants."""
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in [node for node in model.graph.node if node.op_type == "Cast" and node.input[0] in weights]:
        half = weights.pop(node.input[0])
        wide = numpy_helper.from_array(numpy_helper.to_array(half).astype(np.float32), node.output[0])
        model.graph.initializer.remove(half)
        model.graph.initializer.append(wide)
        model.graph.node.remove(node)
    return model


def cut_views(folder, size, mean, std):
    """Square views of 30 to 100 % of the shorter side, by a fixed seed. Shape: [NUM_VIEWS, 3, size, size]."""
    Image.MAX_IMAGE_PIXELS = None
    chance = random.Random(1)
    files = sorted(path for path in Path(folder).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp"))
    views = []
    for number in range(NUM_VIEWS):
        picture = Image.open(files[number % len(files)]).convert("RGB")
        side = int(min(picture.size) * chance.uniform(0.3, 1))
        left = chance.randint(0, picture.width - side)
        top = chance.randint(0, picture.height - side)
        view = picture.crop((left, top, left + side, top + side)).resize((size, size), Image.Resampling.BILINEAR)
        values = (np.asarray(view, dtype=np.float32) / 255 - mean) / std
        views.append(values.transpose(2, 0, 1).astype(np.float32))
    return np.stack(views)


class Views(CalibrationDataReader):
    def __init__(self, name, views):
        self.batches = iter({name: views[at : at + BATCH]} for at in range(0, len(views), BATCH))

    def get_next(self):
        return next(self.batches, None)


def main(trunk_id, pictures):
    trunks = Path(__file__).resolve().parent.parent / "resources" / "trunks"
    source, target = trunks / trunk_id, trunks / f"{trunk_id}-int8"
    about = json.loads((source / "trunk.json").read_text())
    views = cut_views(pictures, about["size"], np.float32(about["mean"]), np.float32(about["std"]))
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        wide, prepared = Path(scratch) / "wide.onnx", Path(scratch) / "prepared.onnx"
        onnx.save(widen_weights(onnx.load(source / about["file"])), wide)
        quant_pre_process(str(wide), str(prepared))
        quantize_static(
            str(prepared),
            str(target / "model.onnx"),
            Views(about["input"], views),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
        )
    about |= {"id": f"{trunk_id}-int8", "name": f"{about['name']}, eight bits"}
    (target / "trunk.json").write_text(json.dumps(about, indent=2) + "\n")
    shutil.copyfile(source / "LICENSE", target / "LICENSE")


if __name__ == "__main__":
    main(*sys.argv[1:3])
