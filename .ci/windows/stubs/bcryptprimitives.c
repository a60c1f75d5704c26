/* Stands in for a library of Windows that Wine 8 lacks: random bytes, by the call that Wine has. Never packaged. */

#include <stdlib.h>
#include <windows.h>
#include <ntsecapi.h> /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
    while (size > 0) {
        ULONG piece = size > 0x100000 ? 0x100000 : (ULONG)size;
        if (!RtlGenRandom(data, piece))
            abort(); /* callers take it that this call never fails */
        data += piece;
        size -= piece;
    }
    return TRUE;
}
