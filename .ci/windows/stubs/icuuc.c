/* Stands in for a library of Windows that Wine 8 lacks, so that Qt loads: it says of every encoding that it does not
 * know it, as ICU itself does of a name it has never heard. Never packaged.
 *
 * Signatures are those of ICU's ucnv.h, which Qt calls by way of Windows' icuuc.dll. Without a converter Qt calls
 * nothing that takes one; those calls are here to be found by the loader, and stop the program if they are ever made.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define EXPORTED __declspec(dllexport)
#define NEVER_WITHOUT_A_CONVERTER(name) EXPORTED void name(void) { abort(); }

static const int32_t FILE_ACCESS_ERROR = 4; /* U_FILE_ACCESS_ERROR: what ucnv_open answers to an unknown name */

EXPORTED void *ucnv_open(const char *name, int32_t *error)
{
    (void)name;
    *error = FILE_ACCESS_ERROR;
    return NULL;
}

EXPORTED void ucnv_close(void *converter) { (void)converter; }

EXPORTED int32_t ucnv_countAvailable(void) { return 0; }

EXPORTED const char *ucnv_getAvailableName(int32_t index)
{
    (void)index;
    return NULL;
}

EXPORTED const char *ucnv_getStandardName(const char *name, const char *standard, int32_t *error)
{
    (void)name;
    (void)standard;
    *error = FILE_ACCESS_ERROR;
    return NULL;
}

NEVER_WITHOUT_A_CONVERTER(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NEVER_WITHOUT_A_CONVERTER(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NEVER_WITHOUT_A_CONVERTER(ucnv_cbFromUWriteUChars)
NEVER_WITHOUT_A_CONVERTER(ucnv_cbToUWriteUChars)
NEVER_WITHOUT_A_CONVERTER(ucnv_fromUCountPending)
NEVER_WITHOUT_A_CONVERTER(ucnv_fromUnicode)
NEVER_WITHOUT_A_CONVERTER(ucnv_getFromUCallBack)
NEVER_WITHOUT_A_CONVERTER(ucnv_getMaxCharSize)
NEVER_WITHOUT_A_CONVERTER(ucnv_getName)
NEVER_WITHOUT_A_CONVERTER(ucnv_getToUCallBack)
NEVER_WITHOUT_A_CONVERTER(ucnv_reset)
NEVER_WITHOUT_A_CONVERTER(ucnv_setFromUCallBack)
NEVER_WITHOUT_A_CONVERTER(ucnv_setToUCallBack)
NEVER_WITHOUT_A_CONVERTER(ucnv_toUCountPending)
NEVER_WITHOUT_A_CONVERTER(ucnv_toUnicode)
