namespace Formwork.Weights;

/// <summary>Where packed weights (<c>.fw</c>) stay while a model uses them. Those of a safetensors file are always in the process's own
/// memory, because they are packed while they are loaded.</summary>
public enum WeightStorage
{
    /// <summary>
    /// In the file, mapped: loading reads the header alone, pages come from the disk when they are first used, and processes that load the
    /// same file share its memory. While the model lives nobody may shorten or overwrite the file (the operating system ends a process that
    /// touches a page which is gone); renaming another file over it is safe, and is what saving does.
    /// </summary>
    Mapped,

    /// <summary>
    /// In the process's own memory: the file is read once, its checksum is verified, and nothing that happens to it later matters. On Linux
    /// the memory consists of huge pages where the system grants them, which a model of many megabytes decodes faster from.
    /// </summary>
    Copied,
}
