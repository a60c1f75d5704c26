# Builds on Windows itself what .ci/windows/package builds under Wine. UNTESTED: nobody has run it on a Windows yet.
# Usage: powershell -ExecutionPolicy Bypass -File .ci\windows\native.ps1
# Needs Python 3.11 (64 bit, from python.org), git, and NSIS 3 with makensis in PATH.

$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")

function Invoke-Checked {
    $program, $arguments = $args
    & $program @arguments
    if ($LASTEXITCODE -ne 0) { throw "$program ended with $LASTEXITCODE" }
}

if (-not (Test-Path .venv)) { Invoke-Checked py -3.11 -m venv .venv }
$python = ".venv\Scripts\python.exe"
Invoke-Checked $python -m pip install --require-hashes --only-binary :all: -r .ci\requirements.lock
Invoke-Checked $python -m pip install --no-deps --no-build-isolation --editable .

$env:PYTHONHASHSEED = "0"
$env:SOURCE_DATE_EPOCH = git log -1 --format=%ct
$env:PYTHONPATH = "."
$env:PYTHONUTF8 = "1"
$env:PYINSTALLER_ZLIB_COMPRESSION_LEVEL = "0"
Invoke-Checked $python .ci\windows\icon.py build\windows.work\tamarisk.ico
Invoke-Checked $python -m PyInstaller --noconfirm --log-level WARN --distpath dist\windows --workpath build\windows.work\work build.spec

# The lists of licences are not made here: they are read from Python as .ci/windows/package unpacks it.
$version = (Select-String -Path pyproject.toml -Pattern '^version = "(.*)"').Matches[0].Groups[1].Value
function New-Installer($name, $left, $options) {
    Invoke-Checked $python .ci\windows\files.py dist\windows\tamarisk "build\windows.work\$name.nsh" @left
    Invoke-Checked makensis /V2 /NOCD @options "/DFILES=build\windows.work\$name.nsh" "/DVERSION=$version" `
        "/DICON=build\windows.work\tamarisk.ico" "/DLICENCE=LICENSE" `
        "/DOUT=dist\windows\$name-$version-setup.exe" .ci\windows\installer.nsi
}
New-Installer "tamarisk" @("_internal\editor") @()
New-Installer "tamarisk-editor" @() @("/DEDITOR")

# The program itself says whether it works here; a failure ends this script.
Invoke-Checked dist\windows\tamarisk\tamarisk.exe selftest
