"""Sentences about files that come in and go out."""

PHRASES: dict[str, tuple[str, str]] = {
    # The file as a whole.
    "import_file_missing": ("找不到文件 {file}；请核对路径。", "There is no file {file}; check its path."),
    "import_file_unreadable": (
        "打不开文件 {file}：{detail}。请检查权限，或先在别的程序里关掉它。",
        "The file {file} cannot be read: {detail}. Check its permissions, or close it in the other program first.",
    ),
    "import_file_too_large": (
        "{file} 解开后超过 {limit} MB；请分成几个文件再导入。",
        "{file} holds more than {limit} MB; split it and import the parts.",
    ),
    "import_gzip_broken": (
        "压缩文件 {file} 不完整或已损坏；请重新下载或重新压缩。没有导入任何内容。",
        "The packed file {file} is cut short or damaged; fetch or pack it again. Nothing was imported.",
    ),
    "import_encoding_unknown": (
        "认不出 {file} 的文字编码；请另存为“CSV UTF-8”，或在对应文件的 [file] 里写 encoding。",
        "The encoding of {file} cannot be told; save it as “CSV UTF-8”, or name it under [file] in the mapping.",
    ),
    "import_not_a_table": (
        "{file} 不是表格；请用 CSV 或 XLSX 文件。",
        "{file} is not a table; use a CSV or XLSX file.",
    ),
    "import_is_web_page": (
        "{file} 其实是网页；请用 Excel 打开它，另存为 XLSX 再导入。",
        "{file} is really a web page; open it in Excel, save it as XLSX and import that.",
    ),
    "import_not_xlsx": (
        "{file} 不是 XLSX；请用 Excel 打开它，另存为 XLSX 再导入。",
        "{file} is not an XLSX file; open it in Excel, save it as XLSX and import that.",
    ),
    "import_file_encrypted": (
        "{file} 有密码；请在 Excel 里去掉密码，另存后再导入。",
        "{file} has a password; take it off in Excel, save the file and import that.",
    ),
    "import_workbook_broken": (
        "工作簿 {file} 已损坏，读不出来；请在 Excel 里打开并另存为新文件。",
        "The workbook {file} is damaged and cannot be read; open it in Excel and save it as a new file.",
    ),
    "import_zip_bomb": (
        "{file} 解开后有 {size} MB 以上，像是恶意文件，没有打开；若确是您的表格，请分成几个文件。",
        "{file} unpacks to {size} MB or more, as malicious files do, and was not opened; if it is yours, split it.",
    ),
    "import_sheet_too_wide": (
        "{file} 的表有 {rows} 行 × {columns} 列，太大了；请删掉表外零散的格子，或另存为 CSV。",
        "The sheet in {file} spans {rows} rows × {columns} columns: delete stray cells beyond the table, or use CSV.",
    ),
    "import_sheet_missing": (
        "{file} 里没有名为“{sheet}”的表；有：{sheets}。",
        "{file} has no sheet “{sheet}”; it has: {sheets}.",
    ),
    "import_file_empty": (
        "{file} 是空的，连标题行也没有。",
        "{file} is empty; not even a header is in it.",
    ),
    "import_no_header": (
        "{file} 里找不到标题行；请在对应文件的 [file] 里写 header_row。",
        "{file} has no header that can be read; name its line as header_row under [file] in the mapping.",
    ),
    "import_column_missing": (
        "表里没有“{column}”这一列；有：{known}。请核对对应文件和标题行。",
        "The table has no column “{column}”; it has: {known}. Check the mapping and the header.",
    ),
    "import_column_double": (
        "表里有两列都叫“{column}”；请改掉其中一个标题。",
        "The table has two columns called “{column}”; rename one of them.",
    ),
    # One row.
    "import_row_rejected": ("第 {line} 行：{reason}", "Line {line}: {reason}"),
    "import_cell_rejected": (
        "第 {line} 行，“{column}”列：{reason}（表里写的：{value}）",
        "Line {line}, column “{column}”: {reason} (it says: {value})",
    ),
    "import_cell_empty": ("空", "nothing"),
    "row_skipped": ("按对应文件略过：{reason}", "Left out by the mapping: {reason}"),
    "row_too_wide": (
        "这行有 {cells} 格，标题只有 {columns} 列；多半是内容里有没加引号的分隔符。",
        "The row has {cells} cells under {columns} headers; a delimiter in a text was probably not put in quotes.",
    ),
    "row_too_long": (
        "这行太长，没有读；请查看是否缺一个引号。",
        "The row is too long and was not read; see whether a quotation mark is missing.",
    ),
    "row_quote_open": (
        "这行有引号没有配对，一直到文件末尾；请补上引号。",
        "A quotation mark in this row is never closed, to the end of the file; add the missing one.",
    ),
    "row_bytes_broken": (
        "有些字已损坏，不是这个文件的编码；请在原系统里改好再导出。",
        "Some characters are damaged: they are not of the file's encoding; mend them where the file comes from.",
    ),
    "cell_too_long": (
        "这一格超过 {limit} 个字，没有读；请查看是否缺一个引号。",
        "The cell has more than {limit} characters and was not read; see whether a quotation mark is missing.",
    ),
    "cell_text_too_long": (
        "有 {length} 个字，最多 {limit} 个；请缩短，程序不会自己截断。",
        "It has {length} characters, at most {limit} are taken; shorten it, nothing is cut off silently.",
    ),
    "cell_missing": ("这一格要填。", "This cell must be filled in."),
    "cell_merged": (
        "与第 {row} 行合并，合并格只读首行；请取消合并并补上内容。",
        "The cell is merged with row {row}, and only the first is read; undo the merge and fill it in.",
    ),
    "key_repeated": (
        "与第 {first} 行重复：{key}。一个编号只能有一行。",
        "Line {first} has the same key: {key}. Only one row can have it.",
    ),
    "value_unknown": ("没有这种写法；可用：{known}。", "This is not known; what is: {known}."),
    "number_unreadable": ("这不是可用的数字。", "This is not a number that can be used."),
    "number_lost_digits": (
        "号码被存成了数字，后几位已丢失；请在原表把这列改成文本再填。",
        "The number was stored as a figure and has lost its last digits; make the column text and enter it again.",
    ),
    "phone_one_digit_more": ("多一位，手机号应为 11 位。", "It has one digit more than the 11 of a mobile number."),
    "time_unreadable": (
        "看不懂这个时间；试过的写法：{formats}。",
        "This time cannot be read; the forms tried: {formats}.",
    ),
    "time_unlikely": ("这个时间不可能；请核对。", "This time cannot be right; check it."),
    "time_in_future": (
        "这个时间还没到；请核对时间、时区和 shift_hours。",
        "This time is yet to come; check it, the time zone and shift_hours.",
    ),
    "closed_before_reported": (
        "关闭时间 {then} 早于报修时间 {reported}。",
        "Closed at {then}, before it was reported at {reported}.",
    ),
    "answered_before_reported": (
        "答复时间 {then} 早于报修时间 {reported}。",
        "Answered at {then}, before it was reported at {reported}.",
    ),
    "closed_time_missing": (
        "状态是“{state}”，但没有关闭时间。",
        "The state is “{state}”, and there is no closing time.",
    ),
    "closed_time_of_open": (
        "状态是“{state}”，却有关闭时间；请核对，或在对应文件里用 when 限定。",
        "The state is “{state}”, and yet there is a closing time; check it, or limit it with when in the mapping.",
    ),
    "answer_time_missing": ("有答复，但没有答复时间。", "There is an answer, and no time of it."),
    "unit_without_building": ("有房号，但没有楼栋。", "There is a unit, and no building."),
    "place_nowhere": ("要有楼栋或位置名。", "A building or the name of a place is needed."),
    "path_en_differs": (
        "中文有 {levels} 级，英文有 {levels_en} 级；要一样多。",
        "There are {levels} levels in Chinese and {levels_en} in English; they must be as many.",
    ),
    # The mapping.
    "mapping_not_utf8": (
        "对应文件 {file} 不是 UTF-8；请另存为 UTF-8。",
        "The mapping {file} is not UTF-8; save it as UTF-8.",
    ),
    "mapping_not_toml": (
        "对应文件第 {line} 行不合 TOML 写法：{detail}",
        "Line {line} of the mapping is not TOML: {detail}",
    ),
    "mapping_key_unknown": (
        "对应文件第 {line} 行：不认识“{key}”；请查看 docs/import.md。",
        "Line {line} of the mapping: “{key}” is not known; see docs/import.md.",
    ),
    "mapping_key_missing": (
        "对应文件第 {line} 行起：缺少“{field}”。",
        "From line {line} of the mapping: “{field}” is missing.",
    ),
    "mapping_value_wrong": (
        "对应文件第 {line} 行：“{key}”应是{expected}。",
        "Line {line} of the mapping: “{key}” should be {expected}.",
    ),
    "mapping_type.text": ("一段文字", "a text"),
    "mapping_type.bool": ("true 或 false", "true or false"),
    "mapping_type.number": ("一个数字", "a number"),
    "mapping_type.list": ("一列文字", "a list of texts"),
    "mapping_type.table": ("一组设置", "a group of settings"),
    "mapping_type.fitting": ("另一个值；请查看 docs/import.md", "another value; see docs/import.md"),
    "mapping_field_unknown": (
        "对应文件第 {line} 行：没有“{key}”这一项；有：{known}。",
        "Line {line} of the mapping: there is no “{key}”; there are: {known}.",
    ),
    "mapping_field_missing": (
        "对应文件第 {line} 行起，[fields] 里缺少“{field}”。",
        "From line {line} of the mapping, “{field}” is missing under [fields].",
    ),
    "mapping_field_from_nowhere": (
        "对应文件第 {line} 行：“{key}”要有 column 或 default。",
        "Line {line} of the mapping: “{key}” needs a column or a default.",
    ),
    "mapping_option_misplaced": (
        "对应文件第 {line} 行：“{key}”不适用于这一项。",
        "Line {line} of the mapping: “{key}” does not apply to this field.",
    ),
    "mapping_choice_unknown": (
        "对应文件第 {line} 行：“{key}”不能是“{value}”；可用：{known}。",
        "Line {line} of the mapping: “{key}” cannot be “{value}”; what can be: {known}.",
    ),
    "mapping_condition_wrong": (
        "对应文件第 {line} 行：“{key}”要在 equals、empty、matches 中选一个。",
        "Line {line} of the mapping: “{key}” needs one of equals, empty and matches.",
    ),
    "mapping_format_wrong": (
        "对应文件第 {line} 行：“{value}”不是完整的时间写法，例如 %Y-%m-%d %H:%M。",
        "Line {line} of the mapping: “{value}” is not a whole form of a time, as %Y-%m-%d %H:%M is.",
    ),
    "mapping_zone_unknown": (
        "对应文件第 {line} 行：没有时区“{value}”；例如 Asia/Shanghai。",
        "Line {line} of the mapping: there is no time zone “{value}”; one is Asia/Shanghai.",
    ),
    "mapping_encoding_unknown": (
        "对应文件第 {line} 行：没有编码“{value}”；例如 gb18030。",
        "Line {line} of the mapping: there is no encoding “{value}”; one is gb18030.",
    ),
    "mapping_pattern_wrong": (
        "对应文件第 {line} 行：“{value}”不是正则表达式。",
        "Line {line} of the mapping: “{value}” is not a regular expression.",
    ),
    # The export.
    "export_disk_full": (
        "磁盘已满，没有写出 {file}；请腾出空间后再导出。",
        "The disk is full, so {file} was not written; free some space and export again.",
    ),
    "export_not_allowed": (
        "不能写到 {file}：没有权限，或它正在别的程序里打开。请关掉它，或换一个名字。",
        "{file} cannot be written: it is not allowed, or the file is open elsewhere. Close it, or choose another name.",
    ),
    "export_folder_missing": (
        "没有文件夹 {folder}；请换一个。",
        "There is no folder {folder}; choose another.",
    ),
    "export_failed": (
        "没有写出 {file}：{detail}。请换一个文件夹再试。",
        "{file} was not written: {detail}. Try another folder.",
    ),
    "export_too_many_rows": (
        "Excel 一张表最多 {limit} 行；请先筛选，或导出为 CSV。",
        "A sheet of Excel holds at most {limit} rows; filter first, or export as CSV.",
    ),
    "export_text_too_long": (
        "有一格超过 {limit} 个字，Excel 放不下；请导出为 CSV。",
        "A cell has more than {limit} characters, which Excel does not hold; export as CSV.",
    ),
}
