using System.Text.RegularExpressions;

namespace Formwork.Generator.Parsing;

/// <summary>
/// What may stand before the names of C functions. It never stands alone, so keywords of C and C++ are well; <c>int_generate</c> is a name like
/// any other.
/// </summary>
internal static class ExportPrefix
{
    /// <summary>C99 tells identifiers apart by their first 31 characters, of which <c>_attach_tokenizer_m</c> takes 19.</summary>
    private const int Longest = 12;

    /// <summary>Headers of C and of POSIX in the folder of all others: one of ours with such a name would be found in their place.</summary>
    private static readonly HashSet<string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        "aio", "alloca", "assert", "complex", "cpio", "ctype", "dirent", "dlfcn", "elf", "endian", "errno", "fcntl", "features", "fenv", "float", "fmtmsg",
        "fnmatch", "ftw", "glob", "grp", "iconv", "inttypes", "iso646", "langinfo", "libgen", "limits", "link", "locale", "malloc", "math", "memory", "mqueue",
        "ndbm", "netdb", "poll", "process", "pthread", "pwd", "regex", "sched", "search", "semaphore", "setjmp", "signal", "spawn", "stdalign", "stdarg",
        "stdatomic", "stdbool", "stdckdint", "stdbit", "stddef", "stdint", "stdio", "stdlib", "stdnoreturn", "string", "strings", "stropts", "syslog", "tar",
        "termios", "tgmath", "threads", "time", "trace", "uchar", "ulimit", "unistd", "utime", "utmpx", "values", "wchar", "wctype", "windows", "wordexp",
    };

    /// <summary>What is wrong with a prefix, or null.</summary>
    public static string? Problem(string prefix) =>
        !Regex.IsMatch(prefix, "^[A-Za-z][A-Za-z0-9_]*\\z", RegexOptions.CultureInvariant) ? "it begins the names of C functions: letters of ASCII, digits and underscores, with a letter first, such as \"enfr\""
        : prefix.Length > Longest ? $"C tells long names apart by their first 31 characters, so a prefix has at most {Longest}"
        : prefix.EndsWith("_", StringComparison.Ordinal) || prefix.Contains("__") ? "an underscore follows it, and C++ keeps names with two in a row for itself"
        : Headers.Contains(prefix) ? $"the header {prefix}.h would be found in place of the system's own"
        : null;
}
