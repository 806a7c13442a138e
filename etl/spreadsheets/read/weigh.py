"""Run by binary.py in a process of its own: whether calamine can open a workbook, and how much it makes of it.

It makes room for every cell up to the last one of a sheet, however few there are, and what damage there is may end the
whole process. Ends with 0 when the file can be read, 1 when it cannot be opened, anything else when it is too much.
"""

from __future__ import annotations

import io
import sys

from python_calamine import CalamineWorkbook, SheetTypeEnum

MEMORY = 300_000_000  # bytes
SECONDS = 4  # of processor time; what is read takes one
LARGEST = 1_500_000  # cells of all sheets, empty ones too
TOO_MUCH = 2


def main() -> None:
    if sys.platform == "linux":  # elsewhere the system does not keep to such a limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with CalamineWorkbook.from_object(io.BytesIO(sys.stdin.buffer.read())) as workbook:
        cells = 0
        for about in workbook.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(about.name)
                cells += sheet.total_height * sheet.total_width
                if cells > LARGEST:
                    sys.exit(TOO_MUCH)


if __name__ == "__main__":
    main()
