using System.Text.Json;

namespace Formwork.Tool.Tests.Harness;

/// <summary>Writes a checkpoint's tensors into several files with an index, as Hugging Face's <c>save_pretrained</c> does.</summary>
internal static class Shards
{
    public const string IndexName = "model.safetensors.index.json";

    public static string Name(int shard, int count) => $"model-{shard + 1:D5}-of-{count:D5}.safetensors";

    /// <summary>Splits a file; every n-th tensor goes to the same shard.</summary>
    /// <returns>The path of the index.</returns>
    public static string Split(string file, TemporaryFolder folder, int count)
    {
        List<StoredTensor> tensors = StoredTensor.ReadAll(file);
        for (int shard = 0; shard < count; shard++)
        {
            SafetensorsBytes bytes = new SafetensorsBytes().Metadata("""{"format":"pt"}""");
            foreach (StoredTensor tensor in tensors.Where((_, index) => index % count == shard))
            {
                bytes.Add(tensor.Name, tensor.Type, tensor.Shape, tensor.Bytes);
            }
            folder.Write(Name(shard, count), bytes.ToBytes());
        }

        return WriteIndex(folder, tensors.Select((tensor, index) => (tensor.Name, Name(index % count, count))));
    }

    public static string WriteIndex(TemporaryFolder folder, IEnumerable<(string Tensor, string Shard)> map) => folder.Write(
        IndexName,
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["metadata"] = new { total_size = 0 },
            ["weight_map"] = map.ToDictionary(static entry => entry.Tensor, static entry => entry.Shard),
        }));
}
