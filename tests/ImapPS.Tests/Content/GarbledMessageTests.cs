using System.Globalization;
using System.Text;
using ImapPS.Content;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Content;

/// <summary>
/// Messages that were changed at random are read, in no time, whatever they are. IMAPPS_TEST_FUZZ says how many: ten times that.
/// </summary>
public sealed class GarbledMessageTests
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Every_one_is_read()
    {
        byte[][] messages =
        [
            .. AwkwardMessages.ByName.Values.Where(message => message.Length < 10_000).Select(Encoding.Latin1.GetBytes),
            .. DemoMailbox.Messages(DateTimeOffset.UnixEpoch),
        ];
        for (int seed = 0; seed < Amount.Fuzz * 10; seed++)
        {
            var random = new Random(seed);
            byte[] message = Mutation.Of(messages[random.Next(messages.Length)], random);
            using var late = new CancellationTokenSource(_longest);
            try
            {
                ImapMessageContent content = await Task.Run(
                    () => ContentReader.Read(new MemoryStream(message), new ImapMessage(),
                        late.Token), TestContext.Current.CancellationToken);
                Assert.All(content.Attachments, attachment => Assert.NotEmpty(attachment.Part));
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.IAssertionException)
            {
                string text = Convert.ToBase64String(message);
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {failure}\n{text}"));
            }
        }
    }
}
