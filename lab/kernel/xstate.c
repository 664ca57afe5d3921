/*
 * Preloaded into a User-Mode Linux kernel whose buffer for the CPU's extended state has a fixed size (2696 bytes: up to AVX-512
 * and protection keys). On a CPU with AMX the state has 11008 bytes, and the machine's kernel refuses to set a part of it
 * (EFAULT), so such a kernel aborts before its first program runs. Reading a part is allowed.
 *
 * Here a shorter PTRACE_SETREGSET is filled up to the CPU's size. The components that the caller has no bytes for get their
 * initial state: AMX's tiles, which no program on a host can use, as it would have to ask the machine's kernel for them.
 *
 * Compiled without libc's headers and files: the C library that it meets is the image's.
 */
#include <cpuid.h>

#define PTRACE_SETREGSET 0x4205
#define NT_X86_XSTATE 0x202
#define RTLD_NEXT ((void *)-1L)

#define XSTATE_LEAF 0xd
#define XSTATE_BV_OFFSET 512
#define FIRST_EXTENDED_COMPONENT 2
#define COMPONENTS 63

struct iovec {
  void *base;
  unsigned long length;
};

void *dlsym(void *handle, const char *symbol);

static long (*libc_ptrace)(int request, ...);

/* Not on the stack: those of the kernel are small. It has one CPU, so there is one caller at a time. */
static unsigned char state[1 << 16] __attribute__((aligned(64)));
static unsigned long state_length;

__attribute__((constructor)) static void prepare(void) {
  unsigned eax, ebx, ecx, edx;
  libc_ptrace = (long (*)(int, ...))dlsym(RTLD_NEXT, "ptrace");
  /* The size of what the machine's kernel has enabled. */
  if (__get_cpuid_count(XSTATE_LEAF, 0, &eax, &ebx, &ecx, &edx)) state_length = ebx;
}

/* The components of the state that lie in its first `length` bytes. Asked once: a hypervisor may trap CPUID. */
static unsigned long components_within(unsigned long length) {
  static unsigned long known_length, components;
  if (length == known_length) return components;
  components = (1UL << FIRST_EXTENDED_COMPONENT) - 1;
  for (unsigned number = FIRST_EXTENDED_COMPONENT; number < COMPONENTS; number++) {
    unsigned size, offset, ecx, edx;
    __cpuid_count(XSTATE_LEAF, number, size, offset, ecx, edx);
    if (size > 0 && offset + size <= length) components |= 1UL << number;
  }
  known_length = length;
  return components;
}

long ptrace(int request, int pid, void *address, void *data) {
  const struct iovec *part = data;
  if (request != PTRACE_SETREGSET || (unsigned long)address != NT_X86_XSTATE || part->length >= state_length ||
      part->length < XSTATE_BV_OFFSET + sizeof(unsigned long) || state_length > sizeof(state)) {
    return libc_ptrace(request, pid, address, data);
  }
  __builtin_memcpy(state, part->base, part->length);
  *(unsigned long *)(state + XSTATE_BV_OFFSET) &= components_within(part->length);
  struct iovec complete = {state, state_length};
  return libc_ptrace(request, pid, address, &complete);
}
