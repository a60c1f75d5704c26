; The installer for Windows: for one person, without administrator's rights, and quiet where asked (/S).
; makensis gets from .ci/windows/package: FILES (a script that names each file of the program folder), VERSION, ICON,
; LICENCE, OUT, and EDITOR where the files are the editor edition's. Both editions are whole: either replaces the other.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
; In MB. Both programs carry the same modules; the second is next to nothing where the first is still looked back at.
SetCompressorDictSize 64
SetDateSave off ; the same program gives the same installer
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user

!include FileFunc.nsh
!include LogicLib.nsh
!include MUI2.nsh
!include Sections.nsh
!include WinVer.nsh

!define NAME "Tamarisk"
!ifdef EDITOR
    !define TITLE "${NAME} (editor edition)"
    !define ALSO "It imports files, too."
!else
    !define TITLE "${NAME}"
    !define ALSO "This is the reading edition; importing files needs the editor edition, installed over it."
!endif
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
; An archive is a folder, and Windows ties programs to the endings of files alone. So the folder's own menu gets an
; entry, shown for folders of that name.
!define MENU_KEY "Software\Classes\Directory\shell\${NAME}"
; What the program keeps for its reader: settings, notebooks, the sample, its own copies of indexes, and releases that
; were updated where their own folder could not be written. Other archives lie wherever their owner put them.
!define DATA "$LOCALAPPDATA\tamarisk"
; Windows 10, version 1903: the oldest whose libraries the program's own ask for.
!define OLDEST_BUILD 18362

Name "${TITLE}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "${TITLE} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${TITLE}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installs ${NAME}, an offline archive browser"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_LICENSEPAGE_BUTTON "Next >"
!define MUI_LICENSEPAGE_TEXT_BOTTOM "These terms allow every use and ask for nothing."
!define MUI_FINISHPAGE_RUN "$INSTDIR\tamarisk-window.exe"
!define MUI_FINISHPAGE_TITLE "${NAME} is installed"
!define MUI_FINISHPAGE_TEXT "It is in the start menu. It works without a network and sends nothing anywhere. ${ALSO}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "${NAME} will be removed from this computer. Archives stay where they are."
!define MUI_COMPONENTSPAGE_SMALLDESC

!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Jumps over what follows while nobody has the program open in this folder: a file in use cannot be opened for writing.
!macro RefuseWhileRunning PROGRAM
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
        ClearErrors
        FileOpen $0 "$INSTDIR\${PROGRAM}" a
        ${If} ${Errors}
            MessageBox MB_OK|MB_ICONEXCLAMATION "${NAME} is running. Nothing was changed. Please close it and start this again." /SD IDOK
            SetErrorLevel 3
            Quit
        ${EndIf}
        FileClose $0
    ${EndIf}
!macroend

Function .onInit
    ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
        MessageBox MB_OK|MB_ICONSTOP "${NAME} needs Windows 10, version 1903, or a newer one. Nothing was changed." /SD IDOK
        SetErrorLevel 4
        Quit
    ${EndIf}
FunctionEnd

Section "-${NAME}"
    !insertmacro RefuseWhileRunning "tamarisk.exe"
    !insertmacro RefuseWhileRunning "tamarisk-window.exe"
    ; Of an older version every file goes first, so that none is left behind among the new ones.
    ${If} ${FileExists} "$INSTDIR\uninstall.exe"
        ExecWait '"$INSTDIR\uninstall.exe" /S _?=$INSTDIR' $0
        ${If} $0 <> 0
            MessageBox MB_OK|MB_ICONSTOP "The version that is installed could not be removed, so nothing was installed. Please restart the computer and start this again." /SD IDOK
            SetErrorLevel 5
            Quit
        ${EndIf}
    ${EndIf}

    !define PUT_FILES
    !include "${FILES}"
    !undef PUT_FILES
    SetOutPath "$INSTDIR"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\tamarisk-window.exe"

    WriteRegStr HKCU "${MENU_KEY}" "" "Open with ${NAME}"
    WriteRegStr HKCU "${MENU_KEY}" "AppliesTo" 'System.FileName:"*.tamarisk"'
    WriteRegStr HKCU "${MENU_KEY}" "Icon" '"$INSTDIR\tamarisk-window.exe"'
    WriteRegStr HKCU "${MENU_KEY}\command" "" '"$INSTDIR\tamarisk-window.exe" "%1"'

    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\tamarisk-window.exe"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section "un.The program"
    SectionIn RO
    !insertmacro RefuseWhileRunning "tamarisk.exe"
    !insertmacro RefuseWhileRunning "tamarisk-window.exe"
    ; File by file, as it was put there: whoever chose a folder of their own keeps what else is in it.
    !define REMOVE_FILES
    !include "${FILES}"
    !undef REMOVE_FILES
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    RMDir "$LOCALAPPDATA\Programs"
    Delete "$SMPROGRAMS\${NAME}.lnk"
    DeleteRegKey HKCU "${MENU_KEY}"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd

Section /o "un.My notebooks and settings, too" DATA_SECTION
    RMDir /r "${DATA}"
SectionEnd

LangString PROGRAM_IS ${LANG_ENGLISH} "Removes what was installed."
LangString DATA_IS ${LANG_ENGLISH} "Removes your notes, saved searches and settings as well, and releases updated from media that cannot be written. They cannot be brought back. Other archives stay where they are."
!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
    !insertmacro MUI_DESCRIPTION_TEXT ${DATA_SECTION} $(DATA_IS)
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END

Function un.onInit
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/REMOVEDATA" $1
    ${IfNot} ${Errors}
        !insertmacro SelectSection ${DATA_SECTION}
    ${EndIf}
FunctionEnd
