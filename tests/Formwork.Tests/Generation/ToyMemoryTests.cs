namespace Formwork.Tests.Generation;

/// <summary>The toy decoder has to notice a search that breaks its rules: otherwise the tests that lean on it prove nothing.</summary>
[Trait("Category", "Generation")]
public class ToyMemoryTests
{
    [Fact]
    public void A_lane_that_is_fed_in_order_is_accepted()
    {
        ToyMemory memory = Ready();
        memory.Prefill([1, 2], lane: 0, position: 0);
        memory.Decode([3], [0], [2]);
        memory.CopyLane(0, 1, 3);
        memory.Decode([2, 1], [1, 0], [3, 3]);
        memory.CopyLane(1, 0, 4);
        memory.Decode([0, 0], [0, 1], [4, 4]);
        Assert.Equal(memory.Logits[..4], memory.Logits[4..8]);
        Assert.All(memory.Logits[8..], static logit => Assert.True(float.IsNaN(logit)));
    }

    [Fact]
    public void A_gap_between_positions_is_noticed() => Refuses(static memory => memory.Decode([1], [0], [3]));

    [Fact]
    public void A_position_that_is_fed_twice_is_noticed() => Refuses(static memory => memory.Decode([1], [0], [1]));

    [Fact]
    public void A_lane_that_holds_nothing_is_noticed() => Refuses(static memory => memory.CopyLane(1, 2, 2));

    [Fact]
    public void A_lane_that_is_fed_twice_in_one_step_is_noticed() => Refuses(static memory => memory.Decode([1, 1], [0, 0], [2, 3]));

    [Fact]
    public void A_copy_of_an_overwritten_lane_is_noticed() => Refuses(static memory =>
    {
        memory.CopyLane(0, 1, 2);
        memory.CopyLane(1, 2, 2);
    });

    [Fact]
    public void A_copy_over_a_copied_lane_is_noticed() => Refuses(static memory =>
    {
        memory.CopyLane(0, 1, 2);
        memory.Decode([1], [1], [2]);
        memory.CopyLane(1, 2, 3);
        memory.CopyLane(0, 1, 2);
    });

    [Fact]
    public void A_copy_to_another_source_is_noticed() => Refuses(static memory => memory.CopyLane(0, 3, 2));

    [Fact]
    public void A_lane_without_a_source_is_noticed() => Refuses(static memory => memory.Decode([1], [3], [0]));

    /// <summary>Two slots of three lanes, the first one's source encoded.</summary>
    private static ToyMemory Ready()
    {
        ToyMemory memory = new(new(4, -1, 7), slots: 2, maxBeams: 3, sourceLength: 4, targetLength: 6);
        memory.Encode([1, 2, 3], slot: 0);
        return memory;
    }

    private static void Refuses(Action<ToyMemory> act)
    {
        ToyMemory memory = Ready();
        memory.Prefill([1, 2], lane: 0, position: 0);
        Assert.Throws<InvalidOperationException>(() => act(memory));
    }
}
