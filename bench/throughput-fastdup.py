"""The same photos through fastdup, for bench/throughput.ts to compare with: what one pass of another organiser's engine takes.

    python -m venv .cache/fastdup && .cache/fastdup/bin/pip install fastdup
    .cache/fastdup/bin/python bench/throughput-fastdup.py .cache/bench/large-photos [photos]

fastdup is installed only for this comparison and is no part of Kindred. Prints one JSON object.
"""
import contextlib
import json
import os
import shutil
import sys
import tempfile
import time


def main():
    folder, limit = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 96
    with tempfile.TemporaryDirectory() as home:
        photos = os.path.join(home, 'photos')
        os.mkdir(photos)
        names = sorted(name for name in os.listdir(folder) if name.endswith('.jpg'))[:limit]
        for name in names:
            os.link(os.path.join(folder, name), os.path.join(photos, name)) if os.stat(folder).st_dev == os.stat(
                home
            ).st_dev else shutil.copy(os.path.join(folder, name), photos)
        with contextlib.redirect_stdout(sys.stderr):
            import fastdup

            before = os.times()
            start = time.perf_counter()
            fastdup.create(work_dir=os.path.join(home, 'work'), input_dir=photos).run(ccthreshold=0.9, verbose=False)
            seconds = time.perf_counter() - start
            after = os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    print(json.dumps({'photos': len(names), 'seconds': seconds, 'photosPerSecond': len(names) / seconds, 'cpuMsPerPhoto': 1000 * cpu / len(names)}))


main()
