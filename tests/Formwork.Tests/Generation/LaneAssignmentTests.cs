using Formwork.Generation;

namespace Formwork.Tests.Generation;

public class LaneAssignmentTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public void Beams_get_lanes_of_their_own_and_no_more_is_copied_than_must_be(int beams)
    {
        Random random = new(beams);
        int[] lanes = new int[beams];
        LaneCopy[] copies = new LaneCopy[beams];
        for (int trial = 0; trial < 500; trial++)
        {
            int count = random.Next(1, beams + 1);
            int[] parents = [.. Enumerable.Range(0, count).Select(_ => random.Next(beams))];
            int made = LaneAssignment.Assign(parents, lanes, copies);
            int[] given = lanes[..count];
            Assert.Equal(count, given.Distinct().Count());
            Assert.All(given, lane => Assert.InRange(lane, 0, beams - 1));
            Assert.Equal(count - parents.Distinct().Count(), made);

            // What a lane holds after the copies is what its beam goes on from, and no copy reads what another has overwritten.
            int[] holds = [.. Enumerable.Range(0, beams)];
            foreach (LaneCopy copy in copies[..made])
            {
                Assert.DoesNotContain(copies[..made], other => other.Destination == copy.Source);
                holds[copy.Destination] = copy.Source;
            }

            Assert.Equal(parents, given.Select(lane => holds[lane]));
        }
    }

    [Fact]
    public void Beams_that_go_on_from_different_ones_stay_where_they_are()
    {
        int[] lanes = new int[3];
        Assert.Equal(0, LaneAssignment.Assign([2, 0, 1], lanes, new LaneCopy[3]));
        Assert.Equal([2, 0, 1], lanes);
    }
}
