#pragma once
/// \file
/// What compilers want to be told before they compile loops for vectors, each in its own words.

/// No iteration of the loop that follows reads what another one writes: more arrays than a compiler checks for overlap.
#ifdef __clang__
#define VESICAST_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define VESICAST_INDEPENDENT _Pragma("GCC ivdep")
#endif

#define VESICAST_PRAGMA(text) _Pragma(#text)
/// All functions between these two are for processors of this level, with vectors as wide as it has them.
#ifdef __clang__
#define VESICAST_BEGIN_V3 \
  VESICAST_PRAGMA(clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function))
#define VESICAST_BEGIN_V4 \
  VESICAST_PRAGMA(clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function))
#define VESICAST_END_LEVEL VESICAST_PRAGMA(clang attribute pop)
#else
#define VESICAST_BEGIN_V3 VESICAST_PRAGMA(GCC push_options) VESICAST_PRAGMA(GCC target("arch=x86-64-v3"))
#define VESICAST_BEGIN_V4 \
  VESICAST_PRAGMA(GCC push_options) VESICAST_PRAGMA(GCC target("arch=x86-64-v4,prefer-vector-width=512"))
#define VESICAST_END_LEVEL VESICAST_PRAGMA(GCC pop_options)
#endif
