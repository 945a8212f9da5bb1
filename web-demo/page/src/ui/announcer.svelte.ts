/**
 * The one owner of the page's live regions. `status` tells the result of a person's own act (copied, saved, loaded);
 * `alert` tells what blocks them now. Ticks of a clock are never announced.
 */
export class Announcer {
	/** What the polite region holds. */
	polite = $state('');
	/** What the assertive region holds. */
	assertive = $state('');

	status(text: string): void {
		this.polite = '';
		// The same words twice are spoken twice only if the region was empty in between.
		requestAnimationFrame(() => {
			this.polite = text;
		});
	}

	alert(text: string): void {
		this.assertive = '';
		requestAnimationFrame(() => {
			this.assertive = text;
		});
	}
}
