using System.Globalization;
using System.Text;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class HeaderTests
{
    private const string Entry = """{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""";

    [Fact]
    public void A_header_that_is_not_utf8_is_refused()
    {
        WeightLoadException e = Fails.Open(SafetensorsBytes.Raw([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"'], []), WeightLoadError.HeaderNotUtf8, "0xC3");
        Assert.Equal(8 + 2, e.Offset);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"t\"")]
    [InlineData("{\"t\":}")]
    [InlineData("{,}")]
    [InlineData("{} {}")]
    [InlineData("{}\0")]
    [InlineData("{/* c */}")]
    [InlineData("{\"__metadata__\":{\"a\":\"\\x\"}}")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[01],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[1,],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[NaN],\"data_offsets\":[0,4]}}")]
    public void Invalid_json_is_refused(string header) => Fails.Open(SafetensorsBytes.Raw(header, 4), WeightLoadError.HeaderNotJson, "not valid JSON");

    [Theory]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":", '[', WeightLoadError.HeaderTooDeep)]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"data_offsets\":[0,", '[', WeightLoadError.HeaderTooDeep)]
    [InlineData("{\"t\":", '[', WeightLoadError.BadEntry)]
    [InlineData("{\"__metadata__\":{\"a\":", '[', WeightLoadError.BadMetadata)]
    [InlineData("{", '{', WeightLoadError.HeaderNotJson)]
    public void A_depth_bomb_is_refused_where_it_begins(string header, char bracket, WeightLoadError code) =>
        Fails.Open(SafetensorsBytes.Raw(header + new string(bracket, 1_000_000)), code);

    [Theory]
    [InlineData("{\"t\":" + Entry + ",\"t\":" + Entry + "}", "'t'")]
    [InlineData("{\"t\":" + Entry + ",\"\\u0074\":" + Entry + "}", "'t'")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "'dtype'")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]}}", "'shape'")]
    [InlineData("{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"data_offsets\":[0,4]}}", "'data_offsets'")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{},\"t\":" + Entry + "}", "'__metadata__'")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"},\"t\":" + Entry + "}", "'a'")]
    public void Duplicate_keys_are_refused_at_every_level(string header, string key) =>
        Fails.Open(SafetensorsBytes.Raw(header, 4), WeightLoadError.DuplicateKey, key, "twice");

    [Theory]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    [InlineData("null")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a\":null}")]
    [InlineData("{\"a\":{}}")]
    [InlineData("{\"\\ud800\":\"a\"}")]
    public void Metadata_that_is_not_strings_is_refused(string metadata) =>
        Fails.Open(SafetensorsBytes.Raw("{\"__metadata__\":" + metadata + "}"), WeightLoadError.BadMetadata, "__metadata__");

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[1]}")]
    [InlineData("{\"dtype\":\"F32\",\"data_offsets\":[0,4]}")]
    [InlineData("{\"shape\":[1],\"data_offsets\":[0,4]}")]
    [InlineData("{\"dtype\":3,\"shape\":[1],\"data_offsets\":[0,4]}")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[]}")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"scale\":2}")]
    [InlineData("{\"dtype\":\"F32\",\"\\ud800\":[1],\"data_offsets\":[0,4]}")]
    public void An_entry_that_is_not_the_formats_is_refused(string entry)
    {
        WeightLoadException e = Fails.Open(SafetensorsBytes.Raw("{\"t\":" + entry + "}", 4), WeightLoadError.BadEntry, "'t'");
        Assert.Equal("t", e.Tensor);
    }

    [Theory]
    [InlineData("1e3")]
    [InlineData("-1")]
    [InlineData("-0")]
    [InlineData("1.0")]
    [InlineData("9007199254740993")]
    [InlineData("18446744073709551616")]
    [InlineData("\"1\"")]
    [InlineData("true")]
    [InlineData("null")]
    public void A_number_that_is_not_plain_is_refused(string number)
    {
        Fails.Open(SafetensorsBytes.One("F32", $"[{number}]", "[0,4]", 4), WeightLoadError.BadNumber, "'t'", "2^53");
        Fails.Open(SafetensorsBytes.One("F32", "[1]", $"[{number},4]", 4), WeightLoadError.BadNumber);
        Fails.Open(SafetensorsBytes.One("F32", "[1]", $"[0,{number}]", 4), WeightLoadError.BadNumber);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a\\u0000b", "\\u0000")]
    [InlineData("a\\nb", "\\u000A")]
    [InlineData("a\\u0085b", "\\u0085")]
    [InlineData("\\udc00", "surrogate")]
    public void A_bad_name_is_refused(string name, string part) =>
        Fails.Open(SafetensorsBytes.Raw($"{{\"{name}\":{Entry}}}", 4), WeightLoadError.BadName, part);

    [Theory]
    [InlineData(1025)]
    [InlineData(65536)]
    public void A_long_name_is_refused(int length) =>
        Fails.Open(SafetensorsBytes.Raw($"{{\"{new string('n', length)}\":{Entry}}}", 4), WeightLoadError.BadName, $"{length}", "over the limit of 1024");

    [Fact]
    public void A_name_of_the_greatest_length_and_any_script_is_read()
    {
        string name = "é字😀" + new string('n', 1020);
        using var file = SafetensorsFile.FromMemory(SafetensorsBytes.Raw($"{{\"{name}\":{Entry}}}", 4));
        Assert.True(file.TryGet(name, out _));
    }

    [Fact]
    public void A_million_tensors_are_refused_without_allocating_for_them()
    {
        var header = new StringBuilder("{");
        for (int i = 0; i < 1_000_000; i++)
        {
            header.Append(CultureInfo.InvariantCulture, $"\"{i}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}},");
        }
        header[^1] = '}';
        byte[] file = SafetensorsBytes.Raw(header.ToString());
        long before = GC.GetAllocatedBytesForCurrentThread();
        var e = Assert.Throws<WeightLoadException>(() => SafetensorsFile.FromMemory(file));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(WeightLoadError.TooManyTensors, e.Code);
        Assert.InRange(allocated, 0, file.Length + 64_000_000);
    }

    [Fact]
    public void Metadata_padding_whitespace_and_escapes_are_read()
    {
        using var file = SafetensorsFile.FromMemory(SafetensorsBytes.Raw(
            "{ \"__metadata__\" : {\"format\":\"pt\",\"\":\"\\ud800\"} ,\n\t\"\\u0074\": {\"data_offsets\":[ 0,4 ],\"sh\\u0061pe\":[1],\"dtype\":\"F\\u0033\\u0032\"}}      ", 4));
        SafetensorsTensor tensor = Assert.Single(file.Tensors);
        Assert.Equal("t", tensor.Name);
        Assert.Equal(SafetensorsDType.F32, tensor.DType);
        Assert.False(file.TryGet("__metadata__", out _));
    }

    [Fact]
    public void A_file_without_tensors_is_read()
    {
        using var file = SafetensorsFile.FromMemory(SafetensorsBytes.Raw("{}"));
        Assert.Empty(file.Tensors);
    }
}
