/* Stands in for a library of Windows that Wine 8 lacks, so that kreuzberg loads: there is no such device. Kreuzberg's
 * ONNX runtime asks for one only to run models, of which this program has none. Never packaged.
 */

#include <windows.h>

HRESULT WINAPI DMLCreateDevice1(void *device, int flags, int level, REFIID kind, void **made)
{
    (void)device;
    (void)flags;
    (void)level;
    (void)kind;
    if (made)
        *made = NULL;
    return E_NOTIMPL;
}
