/* Stands in for Windows' C library in front of Wine 8's own, which has no functions of complex numbers and stops a
 * program that calls one, as NumPy does when it is loaded. Everything else is forwarded. Never packaged.
 *
 * Windows passes a complex number as a structure of two (C99's types do not exist there), and its long double is a
 * double. Signatures: complex.h of the Universal C Runtime.
 */

#include <complex.h>

typedef struct { float real, imaginary; } fcomplex;
typedef struct { double real, imaginary; } dcomplex;

static float _Complex of_f(fcomplex z) { return __builtin_complex(z.real, z.imaginary); }
static double _Complex of_d(dcomplex z) { return __builtin_complex(z.real, z.imaginary); }
static fcomplex to_f(float _Complex z) { return (fcomplex){crealf(z), cimagf(z)}; }
static dcomplex to_d(double _Complex z) { return (dcomplex){creal(z), cimag(z)}; }

#define COMPLEX_OF(name) \
    fcomplex ours_##name##f(fcomplex z) { return to_f(name##f(of_f(z))); } \
    dcomplex ours_##name(dcomplex z) { return to_d(name(of_d(z))); } \
    dcomplex ours_##name##l(dcomplex z) { return to_d(name(of_d(z))); }
#define REAL_OF(name) \
    float ours_##name##f(fcomplex z) { return name##f(of_f(z)); } \
    double ours_##name(dcomplex z) { return name(of_d(z)); } \
    double ours_##name##l(dcomplex z) { return name(of_d(z)); }

COMPLEX_OF(ccos)
COMPLEX_OF(ccosh)
COMPLEX_OF(cexp)
COMPLEX_OF(csin)
COMPLEX_OF(csinh)
COMPLEX_OF(ctan)
COMPLEX_OF(ctanh)
REAL_OF(cabs)
REAL_OF(carg)
REAL_OF(cimag)
REAL_OF(creal)

fcomplex ours_cpowf(fcomplex z, fcomplex w) { return to_f(cpowf(of_f(z), of_f(w))); }
dcomplex ours_cpow(dcomplex z, dcomplex w) { return to_d(cpow(of_d(z), of_d(w))); }
dcomplex ours_cpowl(dcomplex z, dcomplex w) { return to_d(cpow(of_d(z), of_d(w))); }
